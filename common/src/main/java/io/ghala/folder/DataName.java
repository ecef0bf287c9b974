package io.ghala.folder;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file's name says about its content. */
public record DataName(Format format, Packing packing, String stem) {
    private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".crdownload", ".filepart", ".swp", "~");

    /**
     * The form of a plain file. Who tells forms apart does so by switch expressions, so that a new one is an error
     * until all know it.
     */
    public enum Format {
        /** One object, an array of objects, or objects one after the other. */
        JSON(Content.JSON),
        /** An object a line. */
        NDJSON(Content.JSON),
        CSV(Content.CELLS),
        TSV(Content.CELLS),
        PARQUET(Content.TYPED),
        ARROW(Content.TYPED);

        private final Content content;

        Format(Content content) {
            this.content = content;
        }

        /** What the file consists of. */
        public Content content() {
            return content;
        }
    }

    /** What files of a form consist of. */
    public enum Content {
        /** Text of JSON objects. */
        JSON,
        /** Text of cells. */
        CELLS,
        /** Values whose types the file declares. */
        TYPED
    }

    /** How a text file is packed. */
    public enum Packing {
        NONE,
        GZIP,
        ZSTD
    }

    /** Whether a file or folder of this name is no data: hidden, of our own, or unfinished. */
    public static boolean ignored(String name) {
        if (name.startsWith(".") || name.startsWith("_")) {
            return true;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (String ending : UNFINISHED) {
            if (lower.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /** The form by extension; empty for a name that no reader knows. */
    public static Optional<DataName> parse(String name) {
        String rest = name.toLowerCase(Locale.ROOT);
        Packing packing = Packing.NONE;
        if (rest.endsWith(".gz")) {
            packing = Packing.GZIP;
            rest = rest.substring(0, rest.length() - 3);
        } else if (rest.endsWith(".zst")) {
            packing = Packing.ZSTD;
            rest = rest.substring(0, rest.length() - 4);
        }
        int dot = rest.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String stem = name.substring(0, dot);
        Packing found = packing;
        Optional<Format> format =
                switch (rest.substring(dot)) {
                    case ".json" -> Optional.of(Format.JSON);
                    case ".ndjson", ".jsonl" -> Optional.of(Format.NDJSON);
                    case ".csv" -> Optional.of(Format.CSV);
                    case ".tsv" -> Optional.of(Format.TSV);
                    case ".parquet" -> found == Packing.NONE ? Optional.of(Format.PARQUET) : Optional.empty();
                    case ".arrow" -> found == Packing.NONE ? Optional.of(Format.ARROW) : Optional.empty();
                    default -> Optional.empty();
                };
        return format.map(f -> new DataName(f, found, stem));
    }
}
