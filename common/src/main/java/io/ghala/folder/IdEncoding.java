package io.ghala.folder;

import io.ghala.model.RowId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Row ids in file names: {@code a-z 0-9 - _} stand for themselves, every other byte of the UTF-8 text is {@code %xx} in
 * lower-case hexadecimal. Upper-case letters are encoded too, so that ids stay distinct on disks that ignore case; the
 * names a file system knows nothing of (a leading dot or underscore) cannot come about, since a leading underscore is
 * encoded.
 */
public final class IdEncoding {
    private static final String HEX = "0123456789abcdef";

    private IdEncoding() {}

    public static String encode(RowId id) {
        StringBuilder out = new StringBuilder();
        for (byte b : id.text().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isPlain(c) && !(c == '_' && out.length() == 0)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** The id, or empty for a text that {@link #encode} does not give. */
    public static Optional<RowId> decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%' && i + 2 < encoded.length()) {
                int high = HEX.indexOf(encoded.charAt(i + 1));
                int low = HEX.indexOf(encoded.charAt(i + 2));
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write((high << 4) | low);
                i += 2;
            } else if (isPlain(c)) {
                bytes.write(c);
            } else {
                return Optional.empty();
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (text.isEmpty() || text.length() > RowId.MAX_BYTES) {
                return Optional.empty();
            }
            RowId id = new RowId(text);
            return encode(id).equals(encoded) ? Optional.of(id) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
