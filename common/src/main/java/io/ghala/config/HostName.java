package io.ghala.config;

import io.ghala.model.Excerpt;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name by which a client calls a service, as a {@code Host} header has it.
 *
 * @param name in lower case; an IPv6 address in brackets
 * @param port the port, empty for the usual one, or in a setting for any
 */
public record HostName(String name, OptionalInt port) {
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9a-f:.]{2,45}]|[a-z0-9_](?:[a-z0-9._-]{0,252}))(?::([0-9]{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /**
     * Reads {@code name}, {@code name:port}, {@code [address]} or {@code [address]:port}.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static HostName parse(String text) {
        Matcher m = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!m.matches() || (m.group(2) != null && Integer.parseInt(m.group(2)) > HIGHEST_PORT)) {
            throw new IllegalArgumentException("'" + Excerpt.of(text)
                    + "' is no host: write name, name:port, 192.0.2.1:port or [2001:db8::1]:port");
        }
        return new HostName(
                m.group(1), m.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(m.group(2))));
    }

    /** Whether it is an address: no name server can make it mean another machine. */
    public boolean isAddress() {
        return name.startsWith("[") || IPV4.matcher(name).matches();
    }

    /** Whether a client that calls the service {@code called} uses this name; without a port of its own any will do. */
    public boolean covers(HostName called) {
        return name.equals(called.name) && (port.isEmpty() || port.equals(called.port));
    }

    @Override
    public String toString() {
        return port.isEmpty() ? name : name + ":" + port.getAsInt();
    }
}
