package io.ghala.refresher.read;

import io.ghala.folder.DataName;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.read.format.CopiedOps;
import io.ghala.refresher.read.format.FileBytes;
import io.ghala.refresher.read.format.PlainObjects;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.RowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Small JSON files, one after the other in one buffer: a stream and a parser for each cost more than its content. Takes
 * only what is beyond doubt, plain objects; any other file is to be read alone, which says what is wrong.
 */
final class JoinedFiles {
    private static final int LARGEST_FILE = 1 << 15;
    private static final int ROOM = 1 << 19;
    private static final int MOST_FILES = 1 << 12;

    private final long largest;
    private final byte[] bytes = new byte[ROOM];
    private final List<FoundFile> files = new ArrayList<>();
    private final List<DataName> names = new ArrayList<>();
    private final int[] ends = new int[MOST_FILES];
    private final RowWriter out;
    private final PlainObjects plain;
    private int used;

    /** The rows go to {@code out}. */
    JoinedFiles(ReadLimits limits, RowWriter out) {
        this.out = out;
        this.plain = new PlainObjects(out);
        this.largest = Math.min(LARGEST_FILE, limits.maxFileBytes());
    }

    /** Whether a file is of the kind that is joined. */
    boolean takes(DataName name, long size) {
        return size <= largest
                && name.packing() == DataName.Packing.NONE
                && name.format().content() == DataName.Content.JSON;
    }

    /** Whether there is room for one more file that this {@link #takes}. */
    boolean hasRoom() {
        return files.size() < MOST_FILES && ROOM - used > LARGEST_FILE + 1;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Reads a file's bytes; false when it has grown too large meanwhile. */
    boolean add(Path path, FoundFile file, DataName name) throws IOException {
        int most = (int) largest + 1;
        int count = FileBytes.read(path, file.stamp().size(), bytes, used, most);
        if (count == most) {
            return false;
        }
        used += count;
        ends[files.size()] = used;
        files.add(file);
        names.add(name);
        // Where nothing goes on: no token holds a line feed.
        bytes[used++] = '\n';
        return true;
    }

    int size() {
        return files.size();
    }

    FoundFile file(int i) {
        return files.get(i);
    }

    DataName name(int i) {
        return names.get(i);
    }

    /** The bytes of a file. */
    byte[] content(int i) {
        return Arrays.copyOfRange(bytes, start(i), ends[i]);
    }

    private int start(int i) {
        return i == 0 ? 0 : ends[i - 1] + 1;
    }

    /**
     * Reads the objects of a file; the last one is not ended, so that its key can be added.
     *
     * @return how many there are, negative when the file must be read alone; then some of its cells may have been
     *     written
     */
    int read(int i) {
        int objects = 0;
        int at = afterSpace(start(i), ends[i]);
        if (CopiedOps.maybe(bytes, at, ends[i])) {
            return -1;
        }
        while (at < ends[i]) {
            if (bytes[at] != '{') {
                return -1;
            }
            if (objects > 0) {
                out.endRow();
            }
            at = plain.read(bytes, at, ends[i]);
            if (at < 0) {
                return -1;
            }
            objects++;
            at = afterSpace(at, ends[i]);
        }
        return objects;
    }

    private int afterSpace(int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    void clear() {
        files.clear();
        names.clear();
        used = 0;
    }
}
