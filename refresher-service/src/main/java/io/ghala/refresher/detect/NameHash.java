package io.ghala.refresher.detect;

import io.ghala.snapshot.hash.Xxh64;
import java.nio.charset.StandardCharsets;

/** A 64-bit hash over names in the order in which a folder gives them. */
final class NameHash {
    private long hash;

    void add(String path) {
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        hash = Xxh64.hash(utf8, 0, utf8.length, hash);
    }

    long value() {
        return hash;
    }
}
