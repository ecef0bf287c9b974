package io.ghala.refresher.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.refresher.detect.FileStamp;
import io.ghala.refresher.detect.FoundFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadQueueTest {
    private static FoundFile file(String name, long bytes) {
        return new FoundFile(name, new FileStamp(bytes, 0));
    }

    private static List<String> names(ReadQueue queue) {
        return queue.files().stream().map(FoundFile::name).toList();
    }

    @Test
    void filesAreReadInTheOrderOfTheirNamesEachOnce() {
        ReadQueue queue = new ReadQueue(List.of(file("c", 3), file("a", 1)));
        assertThat(queue.add(List.of(file("b", 2), file("c", 3), file("b", 2)))).isEqualTo(1);
        assertThat(names(queue)).containsExactly("a", "b", "c");
        assertThat(queue.bytes()).isEqualTo(6);
    }

    @Test
    void whatWasReadMayBeAddedAgain() {
        ReadQueue queue = new ReadQueue(List.of(file("a", 1), file("b", 2)));
        queue.left(List.of(file("b", 2)));
        assertThat(queue.add(List.of(file("a", 1)))).isEqualTo(1);
        assertThat(names(queue)).containsExactly("a", "b");
        queue.left(List.of());
        assertThat(queue.isEmpty()).isTrue();
    }
}
