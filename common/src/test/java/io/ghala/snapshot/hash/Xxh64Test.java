package io.ghala.snapshot.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Xxh64Test {

    private static String hash(String text, long seed) {
        byte[] bytes = ("__" + text).getBytes(StandardCharsets.US_ASCII);
        return Long.toHexString(Xxh64.hash(bytes, 2, bytes.length - 2, seed));
    }

    @Test
    void givesTheNumbersOfTheReferenceImplementation() {
        assertThat(hash("", 0)).isEqualTo("ef46db3751d8e999");
        assertThat(hash("a", 0)).isEqualTo("d24ec4f1a98c6e5b");
        assertThat(hash("abc", 0)).isEqualTo("44bc2cf5ad770999");
        assertThat(hash("Nobody inspects the spammish repetition", 0)).isEqualTo("fbcea83c8a378bf1");
        assertThat(hash("xxhash", 20141025)).isEqualTo("b559b98d844e0635");
    }
}
