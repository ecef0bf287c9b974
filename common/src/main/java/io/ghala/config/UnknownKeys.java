package io.ghala.config;

import com.typesafe.config.Config;
import io.ghala.model.NearestName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses keys that no setting has, naming the nearest one that exists. */
final class UnknownKeys {
    private UnknownKeys() {}

    static void reject(Config given, Config known) {
        Set<String> names =
                known.entrySet().stream().map(java.util.Map.Entry::getKey).collect(Collectors.toSet());
        List<String> problems = given.entrySet().stream()
                .filter(entry -> !names.contains(entry.getKey()))
                .map(entry -> entry.getKey() + " (" + SettingsReader.origin(entry.getValue())
                        + "): there is no such setting; did you mean " + NearestName.to(entry.getKey(), names) + "?")
                .sorted()
                .collect(Collectors.toList());
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }
}
