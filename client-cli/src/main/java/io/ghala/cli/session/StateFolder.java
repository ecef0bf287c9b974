package io.ghala.cli.session;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The user's folder for state: XDG_STATE_HOME/ghala, or ~/.local/state/ghala. */
public final class StateFolder {
    private StateFolder() {}

    /** Empty where neither name is set: then nothing is kept. */
    public static Optional<Path> of(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (!state.isEmpty()) {
            return Optional.of(Path.of(state, "ghala"));
        }
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".local", "state", "ghala"));
    }
}
