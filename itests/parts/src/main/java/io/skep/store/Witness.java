package io.skep.store;

import io.skep.api.consensus.Consensus;
import io.skep.api.consensus.Group;
import io.skep.api.consensus.GroupConfig;
import io.skep.api.consensus.StateMachine;
import io.skep.model.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A consensus that looks at everything its members apply: all must answer alike, and as {@link WrittenRules} say. What does not fit is thrown out of
 * {@link StateMachine#apply}.
 */
public final class Witness implements Consensus {
    private final Consensus observed;
    private final CommandSeal seal;
    private final WrittenRules rules = new WrittenRules();
    private final Map<Long, Integer> answers = new HashMap<>();

    /** Looks on while {@code observed} works, with the key that its members share. */
    public Witness(Consensus observed, byte[] logKey) {
        this.observed = observed;
        seal = new CommandSeal(new LogKey(logKey));
    }

    @Override
    public Group open(GroupConfig config, StateMachine machine) {
        return observed.open(config, new Watched(machine));
    }

    @Override
    public void salvage(GroupConfig config, StateMachine machine) {
        observed.salvage(config, machine);
    }

    private void look(long index, byte[] command, byte[] answer) {
        Integer known = answers.putIfAbsent(index, Arrays.hashCode(answer));
        if (known == null) {
            rules.judge(Command.read(seal.open(command)), Codec.fromBytes(answer, Reply.class));
        } else if (known != Arrays.hashCode(answer)) {
            throw new AssertionError("managers answer command " + index + " differently");
        }
    }

    /** One member's machine. */
    private final class Watched implements StateMachine {
        private final StateMachine machine;

        Watched(StateMachine machine) {
            this.machine = machine;
        }

        @Override
        public byte[] apply(long index, byte[] command) {
            byte[] answer = machine.apply(index, command);
            look(index, command, answer);
            return answer;
        }

        @Override
        public void save(OutputStream out) throws IOException {
            machine.save(out);
        }

        @Override
        public void load(InputStream in) throws IOException {
            machine.load(in);
        }
    }
}
