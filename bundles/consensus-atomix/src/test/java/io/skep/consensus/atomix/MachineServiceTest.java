package io.skep.consensus.atomix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atomix.primitive.service.BackupOutput;
import io.atomix.primitive.service.impl.DefaultBackupOutput;
import io.atomix.storage.buffer.HeapBuffer;
import io.atomix.utils.serializer.Serializer;
import io.skep.contracts.consensus.GatedMachine;
import org.junit.jupiter.api.Test;

/** The state is given away for a snapshot of ours alone. */
final class MachineServiceTest {
    private final Serializer serializer = Serializer.using(Wire.service());
    private final GatedMachine machine = new GatedMachine();

    private MachineService service(boolean wanted) {
        return new MachineService(new MachineHost(machine, failure -> {}), serializer, new MachineService.Chores() {
            @Override
            public void before(long index) {}

            @Override
            public void after(long index) {}

            @Override
            public boolean snapshotWanted() {
                return wanted;
            }
        });
    }

    @Test
    void refusesSnapshotsOfAtomixsOwn() {
        BackupOutput output = new DefaultBackupOutput(HeapBuffer.allocate(64), serializer);
        assertThatThrownBy(() -> service(false).backup(output)).isInstanceOf(AssertionError.class);
        assertThat(machine.saves()).isZero();

        service(true).backup(output);
        assertThat(machine.saves()).isEqualTo(1);
    }
}
