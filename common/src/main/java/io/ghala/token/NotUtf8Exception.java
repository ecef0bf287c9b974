package io.ghala.token;

import java.nio.charset.CharacterCodingException;

/** Bytes that should be UTF-8 are not. */
public final class NotUtf8Exception extends CharacterCodingException {
    private static final long serialVersionUID = 1L;

    private final long at;

    NotUtf8Exception(long at) {
        this.at = at;
    }

    @Override
    public String getMessage() {
        return "the bytes at " + at + " are not valid UTF-8";
    }
}
