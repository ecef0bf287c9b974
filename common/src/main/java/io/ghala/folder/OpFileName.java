package io.ghala.folder;

import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of op files: {@code <id>@<13-digit ms>-<seq>.json} for an upsert, {@code ….deleted} for a delete and
 * {@code ops@<last stream id>.<16 hex>.ndjson} for a batch. A name that is {@link #isLike like} one is no file of data
 * at all, any other a plain file's, so that no made-up name can push stream ids to the end of time.
 */
public sealed interface OpFileName {
    /** Longest file name in bytes. */
    int MAX_NAME_BYTES = 255;

    /** Greatest stream id that the file holds. */
    StreamId last();

    String fileName();

    /** One upsert. */
    record Upsert(RowId id, StreamId last) implements OpFileName {
        @Override
        public String fileName() {
            return IdEncoding.encode(id) + "@" + last + ".json";
        }
    }

    /** One delete. */
    record Delete(RowId id, StreamId last) implements OpFileName {
        @Override
        public String fileName() {
            return IdEncoding.encode(id) + "@" + last + ".deleted";
        }
    }

    /** Many writes in stream order; {@code hash} is of the content, so that a name never has two contents. */
    record Batch(StreamId last, String hash) implements OpFileName {
        @Override
        public String fileName() {
            return "ops@" + last + "." + hash + ".ndjson";
        }
    }

    Pattern ROW = Pattern.compile("([a-z0-9%_-]+)@([1-9][0-9]{12}-(?:0|[1-9][0-9]{0,15}))\\.(json|deleted)");
    Pattern BATCH = Pattern.compile("ops@([1-9][0-9]{12}-(?:0|[1-9][0-9]{0,15}))\\.([0-9a-f]{16})\\.ndjson");

    /** What the names of op files begin with, however they go on. */
    Pattern LIKE = Pattern.compile("(?i).*@[0-9]{10,}-[0-9]+.*\\.(?:json|ndjson|deleted)(?:\\.gz|\\.zst)?");

    /**
     * Whether {@code name} (without folders) is like that of an op file and is none: a copy that a program for
     * synchronizing folders made, or a name that somebody made up.
     */
    static boolean isLike(String name) {
        return name.indexOf('@') >= 0
                && LIKE.matcher(name).matches()
                && parse(name).isEmpty();
    }

    /** The op file that {@code name} (without folders) is, or empty for a plain file. */
    static Optional<OpFileName> parse(String name) {
        if (name.indexOf('@') < 0) {
            return Optional.empty();
        }
        Matcher batch = BATCH.matcher(name);
        if (batch.matches()) {
            return Optional.of(new Batch(StreamId.parse(batch.group(1)), batch.group(2)));
        }
        Matcher row = ROW.matcher(name);
        if (!row.matches()) {
            return Optional.empty();
        }
        StreamId last = StreamId.parse(row.group(2));
        return IdEncoding.decode(row.group(1))
                .map(id -> row.group(3).equals("json") ? new Upsert(id, last) : new Delete(id, last));
    }

    /** Whether the name fits a file system, with room for a suffix while it is written. */
    static boolean fits(OpFileName name) {
        return name.fileName().length() <= MAX_NAME_BYTES - 8;
    }
}
