package io.ghala.web;

import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.config.HostName;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The names by which a service may be called: those of the address that it listens on, at its port, and those that are
 * configured. A name that somebody else chose may be a web page's that leads here (DNS rebinding).
 */
final class OwnNames {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "[::]");

    private final HttpSettings settings;
    private final String bound;
    private final IntSupplier port;

    /** @param port where the service listens, once it does */
    OwnNames(HttpSettings settings, IntSupplier port) {
        this.settings = settings;
        this.port = port;
        String bind = settings.bind().toLowerCase(Locale.ROOT);
        this.bound = bind.contains(":") && !bind.startsWith("[") ? "[" + bind + "]" : bind;
    }

    boolean include(HostName called) {
        if (settings.hosts().stream().anyMatch(host -> host.covers(called))) {
            return true;
        }
        if (EVERY_ADDRESS.contains(bound)) {
            return called.isAddress() || called.name().equals("localhost");
        }
        boolean own = LOOPBACK.contains(bound)
                ? LOOPBACK.contains(called.name())
                : called.name().equals(bound);
        OptionalInt at = called.port();
        return own && (at.isEmpty() || at.getAsInt() == port.getAsInt());
    }
}
