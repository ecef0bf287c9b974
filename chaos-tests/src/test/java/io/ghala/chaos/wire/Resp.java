package io.ghala.chaos.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of the Redis protocol, https://redis.io/docs/latest/develop/reference/protocol-spec/. Texts are Latin-1, so
 * that each character is a byte.
 *
 * @param type the first byte on the wire
 * @param text of values that are no aggregates; null for the null of its type
 * @param items of aggregates, keys and values in turn for maps
 */
public record Resp(char type, @Nullable String text, List<Resp> items) {
    public Resp {
        items = List.copyOf(items);
    }

    public static Resp bulk(String text) {
        return new Resp('$', text, List.of());
    }

    public static Resp array(List<Resp> items) {
        return new Resp('*', "", items);
    }

    /** Words of a command, as a client sends them. */
    public List<String> words() {
        return items.stream().map(item -> String.valueOf(item.text())).toList();
    }

    /** Reads the next value. */
    static Resp read(DataInputStream in) throws IOException {
        char type = (char) in.readUnsignedByte();
        String head = line(in);
        return switch (type) {
            case '$', '=', '!' -> {
                int length = Integer.parseInt(head);
                if (length < 0) {
                    yield new Resp(type, null, List.of());
                }
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new EOFException();
                }
                line(in);
                yield new Resp(type, new String(bytes, StandardCharsets.ISO_8859_1), List.of());
            }
            case '*', '~', '>', '%', '|' -> {
                int count = Integer.parseInt(head);
                if (count < 0) {
                    yield new Resp(type, null, List.of());
                }
                List<Resp> items = new ArrayList<>();
                for (int i = 0; i < (type == '%' || type == '|' ? 2 * count : count); i++) {
                    items.add(read(in));
                }
                yield new Resp(type, "", items);
            }
            default -> new Resp(type, head, List.of());
        };
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\r'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        if (in.readUnsignedByte() != '\n') {
            throw new IOException("a line of the Redis protocol does not end in CR LF");
        }
        return line.toString();
    }

    void write(OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        append(text);
        out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void append(StringBuilder out) {
        out.append(type);
        switch (type) {
            case '$', '=', '!' -> {
                if (text == null) {
                    out.append("-1\r\n");
                } else {
                    out.append(text.length()).append("\r\n").append(text).append("\r\n");
                }
            }
            case '*', '~', '>', '%', '|' -> {
                if (text == null) {
                    out.append("-1\r\n");
                } else {
                    out.append(type == '%' || type == '|' ? items.size() / 2 : items.size())
                            .append("\r\n");
                    items.forEach(item -> item.append(out));
                }
            }
            default -> out.append(text).append("\r\n");
        }
    }
}
