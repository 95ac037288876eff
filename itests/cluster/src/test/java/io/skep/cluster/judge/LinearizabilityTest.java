package io.skep.cluster.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinearizabilityTest {
    private static final int SEEDS = 4000;
    private static final Histories<String, Register.Call, String> REGISTERS = new Histories<>(
            new RightObject.OneValue(),
            List.of(Register.READ, Register.READ, Register.write("a"), Register.write("b"), Register.write("c")),
            List.of("", "a", "b", "c"));
    private static final Histories<Integer, Name.Call, Boolean> NAMES =
            new Histories<>(new RightObject.OneName(), List.of(Name.Call.values()), List.of(true, false));

    private static <S, C, A> void comparesWithBruteForce(Model<S, C, A> model, Histories<?, C, A> histories) {
        int right = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Random chance = new Random(seed);
            List<Operation<C, A>> small = histories.right(chance, 4, 2 + chance.nextInt(7), 0.3);
            if (!small.isEmpty()) {
                List<Operation<C, A>> history = histories.changed(chance, histories.changed(chance, small));
                boolean expected = BruteForce.explains(model, model.initial(), history);
                right += expected ? 1 : 0;
                assertThat(Linearizability.violations(model, history).isEmpty())
                        .as("seed %s: %s", seed, history)
                        .isEqualTo(expected);
            }
        }
        assertThat(right).isBetween(SEEDS / 5, SEEDS * 4 / 5);
    }

    @Test
    void registersAreJudgedAsByBruteForce() {
        comparesWithBruteForce(new Register(), REGISTERS);
    }

    @Test
    void namesAreJudgedAsByBruteForce() {
        comparesWithBruteForce(new Name(), NAMES);
    }

    @Test
    void whatARightRegisterAnsweredIsRight() {
        for (long seed = 0; seed < 20; seed++) {
            List<Operation<Register.Call, String>> history = REGISTERS.right(new Random(seed), 8, 3000, 0.01);
            assertThat(Linearizability.violations(new Register(), history))
                    .as("seed %s", seed)
                    .isEmpty();
        }
    }

    @Test
    void whatARightNameAnsweredIsRight() {
        for (long seed = 0; seed < 20; seed++) {
            List<Operation<Name.Call, Boolean>> history = NAMES.right(new Random(seed), 8, 3000, 0.01);
            assertThat(Linearizability.violations(new Name(), history))
                    .as("seed %s", seed)
                    .isEmpty();
        }
    }

    @Test
    void oneStaleReadAmongThousandsIsFound() {
        Random chance = new Random(7);
        List<Operation<Register.Call, String>> history = new ArrayList<>(REGISTERS.right(chance, 8, 3000, 0));
        long end = 100_000;
        history.add(Operation.answered(9, "x", Register.write("new"), "new", end, end + 1));
        history.add(Operation.answered(9, "x", Register.READ, "a", end + 2, end + 3));
        assertThat(Linearizability.violations(new Register(), history))
                .singleElement()
                .asString()
                .contains("read -> a", "could be [new]");
    }
}
