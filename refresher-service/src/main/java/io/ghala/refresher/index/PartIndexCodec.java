package io.ghala.refresher.index;

import io.ghala.refresher.detect.FileStamp;
import io.ghala.refresher.type.EvidenceJson;
import io.ghala.refresher.type.TableEvidence;
import io.ghala.snapshot.CorruptSnapshotException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A part's index as bytes, big-endian: form, settings hash, evidences as JSON, files, runs, row hashes, keys, writes. Private to the
 * refresher; one that reads another form builds the table from the folder.
 */
public final class PartIndexCodec {
    private static final int FORM = 2;

    private PartIndexCodec() {}

    /** {@code settingsHash} is of the table's settings under which the rows were read. */
    public static byte[] encode(PartIndex index, long settingsHash) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORM);
            out.writeLong(settingsHash);
            files(index.files(), out);
            out.writeInt(index.rows());
            ints(index.runStarts(), out);
            ints(index.runFiles(), out);
            longs(index.rowHashes(), out);
            KeyIndex keys = index.keys();
            longs(keys.highs(), out);
            ints(keys.lows(), out);
            ints(keys.rows(), out);
            OpRows ops = index.ops();
            out.writeBoolean(ops != null);
            if (ops != null) {
                longs(ops.millis(), out);
                longs(ops.sequences(), out);
                longs(ops.deletes().toLongArray(), out);
                ints(ops.evidence(), out);
                evidences(ops.evidences(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static void files(List<KnownFile> files, DataOutputStream out) throws IOException {
        Map<TableEvidence, Integer> numbers = new HashMap<>();
        List<TableEvidence> evidences = new ArrayList<>();
        for (KnownFile file : files) {
            if (numbers.putIfAbsent(file.evidence(), evidences.size()) == null) {
                evidences.add(file.evidence());
            }
        }
        evidences(evidences, out);
        out.writeInt(files.size());
        for (KnownFile file : files) {
            text(file.name(), out);
            out.writeLong(file.stamp().size());
            out.writeLong(file.stamp().modifiedMs());
            out.writeLong(file.readAtMs());
            out.writeInt(numbers.getOrDefault(file.evidence(), 0));
        }
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void evidences(List<TableEvidence> evidences, DataOutputStream out) throws IOException {
        out.writeInt(evidences.size());
        for (TableEvidence evidence : evidences) {
            byte[] json = EvidenceJson.encode(evidence);
            out.writeInt(json.length);
            out.write(json);
        }
    }

    private static void ints(int[] values, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    private static void longs(long[] values, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
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
