package io.ghala.refresher.settings;

import com.typesafe.config.ConfigException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a settings file, in words for who wrote it: the line and the culprit, without the names that the
 * parser gives things.
 */
final class ConfProblem {
    private static final Pattern ORIGIN =
            Pattern.compile("^(?:String|merge of String)(?:: ([0-9]+)(?:-[0-9]+)?)?[^:]*: ");
    private static final int MOST = 300;

    private ConfProblem() {}

    static String of(RuntimeException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (!(e instanceof ConfigException)) {
            return message;
        }
        Matcher origin = ORIGIN.matcher(message);
        if (origin.find()) {
            String line = origin.group(1);
            message = (line == null ? "" : "line " + line + ": ") + message.substring(origin.end());
        }
        return message.length() > MOST ? message.substring(0, MOST) + "…" : message;
    }
}
