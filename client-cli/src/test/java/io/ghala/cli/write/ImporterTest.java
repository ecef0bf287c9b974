package io.ghala.cli.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.write.ImportRows.Form;
import io.ghala.intent.WriteRules.TypeChange;
import io.ghala.model.OpId;
import io.ghala.model.TableName;
import io.ghala.testing.memory.MemoryIntentQueue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImporterTest {
    private static final TableName T = new TableName("orders");

    private final MemoryIntentQueue queue = new MemoryIntentQueue();
    private final List<String> complaints = new ArrayList<>();
    private int reads;
    private int rests;
    private long roomPerRest;

    private List<String> ids() {
        return queue.queued().stream()
                .map(request -> request.intent().id().text())
                .toList();
    }

    private List<String> payloads() {
        return queue.queued().stream()
                .map(request -> request.intent().content().orElseThrow())
                .toList();
    }

    private List<String> opIds() {
        return queue.queued().stream()
                .flatMap(request -> request.opId().stream())
                .map(OpId::value)
                .toList();
    }

    private Importer importer() {
        return new Importer(
                queue,
                T,
                TypeChange.REFUSE,
                line -> Optional.of(new OpId("read-" + reads + "-line-" + line)),
                new Importer.Report() {
                    @Override
                    public void invalid(long line, String reason) {
                        complaints.add(line + ": " + reason);
                    }

                    @Override
                    public void progress(long queued) {
                        // not looked at
                    }
                },
                pause -> {
                    rests++;
                    queue.addRoom(roomPerRest);
                },
                Duration.ofSeconds(1));
    }

    private Importer read(Form form, String text) throws Exception {
        reads++;
        Importer importer = importer();
        ImportRows.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), form, importer);
        importer.flush();
        return importer;
    }

    @Test
    void linesBecomeUpsertsWithTheirOwnCharacters() throws Exception {
        Importer importer = read(Form.LINES, "\ufeff{\"id\": 1, \"v\": 1.50}\n\n{\"id\":\"b\"}\r\n");
        assertThat(payloads()).containsExactly("{\"id\": 1, \"v\": 1.50}", "{\"id\":\"b\"}");
        assertThat(ids()).containsExactly("1", "b");
        assertThat(opIds()).containsExactly("read-1-line-1", "read-1-line-3");
        assertThat(importer.last()).contains(queue.token(2));
    }

    @Test
    void anArrayAndObjectsOneAfterTheOtherAreRowsWithExactNumbers() throws Exception {
        read(Form.JSON, "[{\"id\":1,\"v\":[1.50,{\"x\":1e400}]},\n {\"id\":12345678901234567890123}]");
        read(Form.JSON, "{\"id\":3,\n\"s\":\"\\u00e9\"}{\"id\":4,\"n\":null}");
        assertThat(payloads())
                .containsExactly(
                        "{\"id\":1,\"v\":[1.50,{\"x\":1e400}]}",
                        "{\"id\":12345678901234567890123}",
                        "{\"id\":3,\"s\":\"é\"}",
                        "{\"id\":4,\"n\":null}");
    }

    @Test
    void invalidRowsAreReportedWithTheirLineAndTheOthersAreQueued() throws Exception {
        Importer importer =
                read(Form.LINES, "{\"id\":1}\n{\"v\":1}\n{\"id\":\n{\"id\":2,\"a\":1,\"A\":2}\n{\"id\":3}\n");
        assertThat(ids()).containsExactly("1", "3");
        assertThat(complaints).hasSize(3).allMatch(complaint -> complaint.matches("[234]: .*"));
        assertThat(importer.invalid()).isEqualTo(3);
        read(Form.JSON, "[{\"id\":8},\n5,\n{\"id\":9},\n{\"id\":");
        assertThat(ids()).containsExactly("1", "3", "8", "9");
        assertThat(complaints).hasSize(5);
    }

    @Test
    void withoutRoomItWaitsAndGoesOnInOrder() throws Exception {
        queue.room(3);
        roomPerRest = 400;
        read(
                Form.LINES,
                IntStream.range(0, 1200).mapToObj(i -> "{\"id\":" + i + "}").collect(Collectors.joining("\n")));
        assertThat(ids())
                .containsExactlyElementsOf(
                        IntStream.range(0, 1200).mapToObj(Integer::toString).toList());
        assertThat(rests).isPositive();
    }

    @Test
    void itGivesUpWhenNoRoomIsMadeAndSaysHowFarItGot() {
        queue.room(2);
        assertThatThrownBy(() -> read(Form.LINES, "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("full")
                .hasMessageContaining("2 rows queued, up to line 2");
    }
}
