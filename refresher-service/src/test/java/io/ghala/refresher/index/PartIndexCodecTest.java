package io.ghala.refresher.index;

import static io.ghala.refresher.index.Rows.fresh;
import static io.ghala.refresher.index.Rows.plain;
import static io.ghala.refresher.index.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.refresher.rows.SourceRows.Kind;
import io.ghala.snapshot.CorruptSnapshotException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The index of a part is a stored form: what one refresher wrote, another one goes on from. */
class PartIndexCodecTest {
    /** Form 2, settings hash, evidence, one file, one row, its run, its hash, its key, no writes. */
    private static final String GOLDEN =
            "00000002123456789abcdef0000000010000000e7b22636f6c756d6e73223a7b7d7d0000000100000005612e63737600"
                    + "000000000000050000000000000001000000000000000200000000000000010000000100000000000000010000000000"
                    + "000001000000000000000900000001b7b41276360564d40000000174663490000000010000000000";

    private static final long SETTINGS = 0x1234_5678_9abc_def0L;

    private static PartIndex sample() {
        return fresh(List.of(
                        plain("a.csv", "1", "2"),
                        write("3@7", "3", 7, Kind.UPSERT),
                        plain("eu/b.csv", "é"),
                        write("4@9", "4", 9, Kind.DELETE)))
                .index()
                .withHashes(new long[] {1, 2, 3, 4, 5});
    }

    private static PartIndex roundTrip(PartIndex index) {
        return PartIndexCodec.decode(PartIndexCodec.encode(index, SETTINGS), SETTINGS);
    }

    @Test
    void everythingComesBack() {
        PartIndex before = sample();
        PartIndex after = roundTrip(before);
        assertThat(after.rows()).isEqualTo(5);
        assertThat(after.files()).extracting(KnownFile::name).containsExactly("a.csv", "3@7", "eu/b.csv", "4@9");
        assertThat(after.files())
                .extracting(KnownFile::stamp)
                .isEqualTo(before.files().stream().map(KnownFile::stamp).toList());
        assertThat(after.files()).extracting(KnownFile::readAtMs).containsOnly(2L);
        assertThat(after.rowHashes()).containsExactly(1, 2, 3, 4, 5);
        assertThat(after.runStarts()).isEqualTo(before.runStarts());
        assertThat(after.runFiles()).isEqualTo(before.runFiles());
        assertThat(after.keys().highs()).isEqualTo(before.keys().highs());
        assertThat(after.keys().lows()).isEqualTo(before.keys().lows());
        assertThat(after.keys().rows()).isEqualTo(before.keys().rows());
        OpRows ops = Objects.requireNonNull(after.ops());
        assertThat(ops.isOp(2)).isTrue();
        assertThat(ops.isOp(3)).isFalse();
        assertThat(ops.millis()[4]).isEqualTo(9);
        assertThat(ops.deletes().get(4)).isTrue();
        assertThat(ops.deletes().get(2)).isFalse();
    }

    @Test
    void aPartWithoutWritesHasNone() {
        PartIndex plain = fresh(List.of(plain("a.csv", "1"))).index().withHashes(new long[] {9});
        assertThat(roundTrip(plain).ops()).isNull();
    }

    /** Changing these bytes means that every table is built anew when a refresher is upgraded: raise the form then. */
    @Test
    void theStoredFormIsWhatItWas() {
        PartIndex index = fresh(List.of(plain("a.csv", "1"))).index().withHashes(new long[] {9});
        byte[] bytes = PartIndexCodec.encode(index, SETTINGS);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(GOLDEN);
    }

    @Test
    void whatWasReadUnderOtherSettingsOrIsOfAnotherFormIsRefused() {
        byte[] bytes = PartIndexCodec.encode(sample(), SETTINGS);
        assertThatThrownBy(() -> PartIndexCodec.decode(bytes, SETTINGS + 1))
                .isInstanceOf(CorruptSnapshotException.class);
        byte[] newer = bytes.clone();
        newer[3] = 99;
        assertThatThrownBy(() -> PartIndexCodec.decode(newer, SETTINGS)).isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    void whatIsCutShortIsRefusedWhereverItIsCut() {
        byte[] bytes = PartIndexCodec.encode(sample(), SETTINGS);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PartIndexCodec.decode(cut, SETTINGS))
                    .as("cut to %d of %d bytes", length, bytes.length)
                    .isInstanceOf(CorruptSnapshotException.class);
        }
    }
}
