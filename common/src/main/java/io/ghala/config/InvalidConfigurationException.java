package io.ghala.config;

import java.util.List;

/** The settings cannot be used; every problem is listed, each with the key, where it was set, what was expected. */
public final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    public InvalidConfigurationException(List<String> problems) {
        super("the settings have " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n  - "
                + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
