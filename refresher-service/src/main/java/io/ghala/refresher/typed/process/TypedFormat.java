package io.ghala.refresher.typed.process;

import java.io.IOException;

/** A kind of typed file. */
public enum TypedFormat {
    PARQUET('P'),
    ARROW('A');

    private final int code;

    TypedFormat(int code) {
        this.code = code;
    }

    /** As it is written to the process that reads. */
    int code() {
        return code;
    }

    static TypedFormat ofCode(int code) throws IOException {
        for (TypedFormat format : values()) {
            if (format.code == code) {
                return format;
            }
        }
        throw new IOException("there is no format " + code);
    }
}
