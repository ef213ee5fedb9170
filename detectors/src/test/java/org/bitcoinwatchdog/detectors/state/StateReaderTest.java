package org.bitcoinwatchdog.detectors.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateReaderTest {
    @Test
    void readsWhatWasWritten() {
        byte[] bytes = new StateWriter().version(1).number(Long.MIN_VALUE).number(Long.MAX_VALUE).number(-1).real(0.1)
                .flag(true).text("ünïcode").bytes(new byte[] {1, 2}).each(List.of(7, 8), (value, out) -> out.number(value))
                .toBytes();
        StateReader in = new StateReader(bytes);

        assertThat(in.version(1)).isEqualTo(1);
        assertThat(in.number()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.number()).isEqualTo(Long.MAX_VALUE);
        assertThat(in.integer()).isEqualTo(-1);
        assertThat(in.real()).isEqualTo(0.1);
        assertThat(in.flag()).isTrue();
        assertThat(in.text()).isEqualTo("ünïcode");
        assertThat(in.bytes()).containsExactly(1, 2);
        List<Long> list = new ArrayList<>();
        in.each(each -> list.add(each.number()));
        assertThat(list).containsExactly(7L, 8L);
    }

    @Test
    void refusesWhatEndsEarlyAndNeverReadsBeyondIt() {
        byte[] whole = new StateWriter().version(1).text("some text").number(300).toBytes();
        for (int length = 0; length < whole.length; length++) {
            StateReader in = new StateReader(Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> {
                in.version(1);
                in.text();
                in.number();
            }).isInstanceOf(StateReader.Unreadable.class);
        }
    }

    @Test
    void refusesAVersionThatIsNewerThanItself() {
        byte[] bytes = new StateWriter().version(2).toBytes();

        assertThatThrownBy(() -> new StateReader(bytes).version(1)).isInstanceOf(StateReader.Unreadable.class);
    }

    @Test
    void refusesAListThatIsLongerThanWhatIsThere() {
        byte[] bytes = new StateWriter().number(1_000_000_000).toBytes();

        assertThatThrownBy(() -> new StateReader(bytes).each(StateReader::number)).isInstanceOf(StateReader.Unreadable.class);
    }
}
