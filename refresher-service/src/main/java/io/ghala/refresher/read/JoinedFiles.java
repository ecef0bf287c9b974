package io.ghala.refresher.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ghala.folder.DataName;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.token.JsonTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Small JSON files, one after the other in one buffer, so that one parser reads them all: a parser for each costs more than its content. Takes
 * only what is beyond doubt, objects that begin and end within their file; any other file is to be read alone, which says what is wrong.
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
    private int used;
    private @Nullable JsonParser parser;
    private int parserFrom;

    JoinedFiles(ReadLimits limits) {
        this.largest = Math.min(LARGEST_FILE, limits.maxFileBytes());
    }

    /** Whether a file is of the kind that is joined. */
    boolean takes(DataName name, long size) {
        return size <= largest
                && name.packing() == DataName.Packing.NONE
                && (name.format() == DataName.Format.JSON || name.format() == DataName.Format.NDJSON);
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
        // A number at the end of a file must not go on in the next one.
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
     * @return how many there are, negative when the file must be read alone; then some of its cells may have been written
     */
    int read(int i, RowWriter out) throws IOException {
        int objects = 0;
        int at = afterSpace(start(i), ends[i]);
        while (at < ends[i]) {
            if (bytes[at] != '{') {
                return -1;
            }
            if (objects > 0) {
                out.endRow();
            }
            JsonParser json = parserAt(at);
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return -1;
            }
            JsonRows.fields(json, out);
            long end = parserFrom + json.currentLocation().getByteOffset();
            if (end > ends[i]) {
                return -1;
            }
            objects++;
            at = afterSpace((int) end, ends[i]);
        }
        return objects;
    }

    /** The parser that has read all before {@code at}, a new one where there is none. */
    private JsonParser parserAt(int at) throws IOException {
        JsonParser current = parser;
        if (current == null) {
            current = JsonTokens.parser(bytes, at, used - at);
            parser = current;
            parserFrom = at;
        }
        return current;
    }

    /** The parser stands somewhere in a file that is not read any further. */
    void forgetParser() {
        JsonParser current = parser;
        parser = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                throw new UncheckedIOException("memory cannot fail to be closed", e);
            }
        }
    }

    private int afterSpace(int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    void clear() {
        forgetParser();
        files.clear();
        names.clear();
        used = 0;
    }
}
