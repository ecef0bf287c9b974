package io.ghala.config;

import io.ghala.model.Excerpt;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Where a web page comes from (RFC 6454), as browsers send it in {@code Origin}.
 *
 * @param port the port, the scheme's own where none is written
 */
public record WebOrigin(String scheme, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * Reads {@code http://host[:port]} or {@code https://host[:port]}.
     *
     * @throws IllegalArgumentException when it has another form, as {@code null} and {@code *} have
     */
    public static WebOrigin parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String scheme = lower.startsWith("https://") ? "https" : "http";
        if (!lower.startsWith(scheme + "://")) {
            throw new IllegalArgumentException("'" + Excerpt.of(text)
                    + "' is no origin of pages: write each as http://host:port or https://host, without a path");
        }
        return of(scheme, HostName.parse(lower.substring(scheme.length() + 3)));
    }

    /** The origin of pages that {@code host} itself serves. */
    public static WebOrigin of(String scheme, HostName host) {
        OptionalInt port = host.port();
        return new WebOrigin(scheme, host.name(), port.orElse(scheme.equals("https") ? HTTPS : HTTP));
    }
}
