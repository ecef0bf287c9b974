package io.ghala.query;

import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names a statement by its text, blanks around it left out: 16 hexadecimal digits of its SHA-256. */
public record StatementHash(String value) {
    private static final int BYTES = 8;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    public StatementHash {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("'" + Excerpt.of(value) + "' is no hash of a statement");
        }
    }

    /** Whether the text is a hash. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    public static StatementHash of(String sql) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(sql.strip().getBytes(StandardCharsets.UTF_8));
            return new StatementHash(HexFormat.of().formatHex(digest, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
