package io.ghala.service;

import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named steps at which a test makes a process stop, so that what comes after can be tried at every step. Without the
 * setting {@code ghala.fail-points} (GHALA_FAIL_POINTS) nothing ever happens.
 *
 * <p>The setting is a list, separated by commas, of {@code NAME=ACTION[@N]}, for example
 * {@code worker.after-rename=halt@3}. The action happens when the step is passed for the N-th time (default 1):
 * {@code halt} ends the JVM as SIGKILL would, {@code throw} throws {@link ReachedException}, {@code pause:MS} sleeps
 * for MS milliseconds. {@code throw@*} and {@code pause:MS@*} happen every time.
 */
public final class FailPoints {
    private static final Logger log = LoggerFactory.getLogger(FailPoints.class);
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9.-]+)=(halt|throw|pause:([0-9]{1,7}))(?:@([1-9][0-9]{0,8}|\\*))?");
    private static final int HALTED = 137;

    private final Map<String, Armed> armed = new HashMap<>();

    private FailPoints() {}

    /** No step does anything. */
    public static FailPoints none() {
        return new FailPoints();
    }

    /**
     * Reads the setting.
     *
     * @throws InvalidValueException naming the part that is not of the form above
     */
    public static FailPoints parse(String setting) {
        FailPoints points = new FailPoints();
        if (setting.isBlank()) {
            return points;
        }
        for (String part : setting.split(",", -1)) {
            Matcher m = FORM.matcher(part.strip());
            if (!m.matches()) {
                throw new InvalidValueException("fail point '" + Excerpt.of(part)
                        + "' is not of the form NAME=halt|throw|pause:MS[@N], for example worker.after-rename=halt@3");
            }
            String action = m.group(2);
            Duration pause = Duration.ofMillis(m.group(3) == null ? 0 : Long.parseLong(m.group(3)));
            String at = m.group(4) == null ? "1" : m.group(4);
            points.armed.put(m.group(1), new Armed(action, pause, at.equals("*") ? 0 : Long.parseLong(at)));
            log.warn("fail point set name={} action={} passing={}", m.group(1), action, at);
        }
        return points;
    }

    /**
     * Passes the step {@code name}.
     *
     * @throws ReachedException when the setting says so, or when interrupted while pausing
     */
    public void reach(String name) {
        Armed point = armed.get(name);
        if (point != null) {
            point.pass(name);
        }
    }

    private static final class Armed {
        private final String action;
        private final Duration pause;
        /** 0 for every passing. */
        private final long at;

        private final AtomicLong passed = new AtomicLong();

        Armed(String action, Duration pause, long at) {
            this.action = action;
            this.pause = pause;
            this.at = at;
        }

        void pass(String name) {
            long count = passed.incrementAndGet();
            if (at != 0 && count != at) {
                return;
            }
            switch (action) {
                case "halt" -> Runtime.getRuntime().halt(HALTED);
                case "throw" -> throw new ReachedException(name, count);
                default -> sleep(name, count);
            }
        }

        private void sleep(String name, long count) {
            try {
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReachedException(name, count);
            }
        }
    }

    /** A step was reached at which the setting asks for a failure. */
    public static final class ReachedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReachedException(String name, long count) {
            super("fail point " + name + " reached for the " + count + ". time");
        }
    }
}
