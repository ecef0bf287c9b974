package io.ghala.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildRecordTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    private Process sleeper() throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", "trap '' TERM; exec sleep 600").start();
    }

    private void endLeftovers() throws IOException, InterruptedException {
        new ChildRecord(folder.resolve("children")).endLeftovers(Duration.ofMillis(50), said::add);
    }

    @Test
    void whatAnEarlierOneLeftBehindIsEnded() throws Exception {
        Process left = sleeper();
        try {
            new ChildRecord(folder.resolve("children")).started(left.toHandle(), "redis");
            endLeftovers();
            assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(said).singleElement().asString().contains("process " + left.pid());
            assertThat(folder.resolve("children")).doesNotExist();
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void aProcessThatGotTheIdOfOneThatEndedIsLeftAlone() throws Exception {
        Process other = sleeper();
        try {
            Files.writeString(folder.resolve("children"), other.pid() + " 1234 redis\njunk\nx y z\n99999999999 1 q\n");
            endLeftovers();
            assertThat(other.isAlive()).isTrue();
            assertThat(said).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whatEndedInOrderIsForgotten() throws Exception {
        Process ended = sleeper();
        Process running = sleeper();
        try {
            ChildRecord record = new ChildRecord(folder.resolve("children"));
            record.started(ended.toHandle(), "a");
            record.started(running.toHandle(), "b");
            record.ended(ended.pid());
            assertThat(Files.readAllLines(folder.resolve("children")))
                    .singleElement()
                    .asString()
                    .startsWith(running.pid() + " ")
                    .endsWith(" b");
        } finally {
            ended.destroyForcibly();
            running.destroyForcibly();
        }
    }

    @Test
    void aChildThatKnowsNothingOfItsInputEndsWithIt() throws Exception {
        Process child = new ChildCommand(List.of("sleep", "600"), Map.of(), Optional.empty(), false).start();
        try {
            assertThat(child.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
            child.getOutputStream().close();
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    @Test
    void itsParentIsToldHowItEnded() throws Exception {
        Process child = new ChildCommand(List.of("sh", "-c", "exit 7"), Map.of(), Optional.empty(), false).start();
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(7);
        child.getOutputStream().close();
    }
}
