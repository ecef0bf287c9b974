package io.ghala.refresher.index;

import io.ghala.refresher.detect.FileStamp;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.type.EvidenceJson;
import io.ghala.type.TableEvidence;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part's index as bytes, big-endian: form, settings hash, evidences as JSON, files, runs, row hashes, keys, writes.
 * Private to the refresher; one that reads another form builds the table from the folder.
 */
public final class PartIndexCodec {
    private static final int FORM = 2;

    private PartIndexCodec() {}

    /** {@code settingsHash} is of the table's settings under which the rows were read. */
    public static byte[] encode(PartIndex index, long settingsHash) {
        IndexBytes out = new IndexBytes();
        out.putInt(FORM);
        out.putLong(settingsHash);
        files(index.files(), out);
        out.putInt(index.rows());
        out.putInts(index.runStarts());
        out.putInts(index.runFiles());
        out.putLongs(index.rowHashes());
        KeyIndex keys = index.keys();
        out.putLongs(keys.highs());
        out.putInts(keys.lows());
        out.putInts(keys.rows());
        OpRows ops = index.ops();
        out.putBoolean(ops != null);
        if (ops != null) {
            out.putLongs(ops.millis());
            out.putLongs(ops.sequences());
            out.putLongs(ops.deletes().toLongArray());
            out.putInts(ops.evidence());
            evidences(ops.evidences(), out);
        }
        return out.toByteArray();
    }

    private static void files(List<KnownFile> files, IndexBytes out) {
        Map<TableEvidence, Integer> numbers = new HashMap<>();
        IdentityHashMap<TableEvidence, Integer> numbersOfSame = new IdentityHashMap<>();
        List<TableEvidence> evidences = new ArrayList<>();
        int[] numberOf = new int[files.size()];
        for (int file = 0; file < numberOf.length; file++) {
            numberOf[file] = numbersOfSame.computeIfAbsent(
                    files.get(file).evidence(),
                    same -> numbers.computeIfAbsent(same, fresh -> {
                        evidences.add(fresh);
                        return evidences.size() - 1;
                    }));
        }
        evidences(evidences, out);
        out.putInt(files.size());
        for (int file = 0; file < numberOf.length; file++) {
            file(files.get(file), numberOf[file], out);
        }
    }

    private static void file(KnownFile known, int evidence, IndexBytes out) {
        out.putBytes(known.name().getBytes(StandardCharsets.UTF_8));
        out.putLong(known.stamp().size());
        out.putLong(known.stamp().modifiedMs());
        out.putLong(known.readAtMs());
        out.putInt(evidence);
    }

    private static void evidences(List<TableEvidence> evidences, IndexBytes out) {
        out.putInt(evidences.size());
        try {
            for (TableEvidence evidence : evidences) {
                out.putBytes(EvidenceJson.encode(evidence));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }

    /**
     * Reads an index.
     *
     * @throws CorruptSnapshotException when the bytes are no index of this form, or one of a table with other settings
     */
    public static PartIndex decode(byte[] bytes, long settingsHash) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int form = in.readInt();
            if (form != FORM) {
                throw new CorruptSnapshotException("a part's index has the form " + form + " instead of " + FORM);
            }
            if (in.readLong() != settingsHash) {
                throw new CorruptSnapshotException("a part's index is of other settings of the table");
            }
            List<KnownFile> files = files(in);
            int rows = in.readInt();
            int[] runStarts = ints(in);
            int[] runFiles = ints(in);
            long[] rowHashes = longs(in);
            KeyIndex keys = new KeyIndex(longs(in), ints(in), ints(in));
            OpRows ops = in.readBoolean()
                    ? new OpRows(longs(in), longs(in), BitSet.valueOf(longs(in)), ints(in), evidences(in))
                    : null;
            return new PartIndex(files, rows, runStarts, runFiles, rowHashes, keys, ops);
        } catch (IOException | RuntimeException e) {
            throw new CorruptSnapshotException("a part's index cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<KnownFile> files(DataInputStream in) throws IOException {
        List<TableEvidence> evidences = evidences(in);
        List<KnownFile> files = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            FileStamp stamp = new FileStamp(in.readLong(), in.readLong());
            files.add(new KnownFile(name, stamp, in.readLong(), evidences.get(in.readInt())));
        }
        return List.copyOf(files);
    }

    private static List<TableEvidence> evidences(DataInputStream in) throws IOException {
        List<TableEvidence> evidences = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            evidences.add(EvidenceJson.decode(in.readNBytes(in.readInt())));
        }
        return List.copyOf(evidences);
    }

    private static int[] ints(DataInputStream in) throws IOException {
        int[] values = new int[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Integer.BYTES))
                .asIntBuffer()
                .get(values);
        return values;
    }

    private static long[] longs(DataInputStream in) throws IOException {
        long[] values = new long[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Long.BYTES))
                .asLongBuffer()
                .get(values);
        return values;
    }
}
