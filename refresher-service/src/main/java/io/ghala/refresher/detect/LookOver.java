package io.ghala.refresher.detect;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Looks over the files that are known for what names do not tell: one that was edited in place, or that is a folder of
 * its name now. Each look takes a bounded time and goes on where the last one ended, so that a small folder is looked
 * over each time and a million files within minutes.
 */
final class LookOver {
    /** A hundredth of the time between two looks at the default interval. */
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Looked at however slow the disk is. */
    private static final int LEAST = 64;

    private final FileStamps stamps;
    private final LongSupplier nanos;
    private final Map<String, FileStamp> edited = new TreeMap<>();
    private Iterator<String> round = Set.<String>of().iterator();

    LookOver(FileStamps stamps, LongSupplier nanos) {
        this.stamps = stamps;
        this.nanos = nanos;
    }

    /**
     * Goes on for a while; returns the names that were found to be no files any more.
     *
     * @param watched files that are read anew by other means when they are edited
     */
    Set<String> goOn(KnownFiles known, Predicate<String> watched) throws IOException {
        edited.keySet().removeIf(file -> !known.knows(file));
        Set<String> replaced = new TreeSet<>();
        long end = nanos.getAsLong() + BUDGET_NANOS;
        boolean begun = false;
        for (int looked = 0; looked < LEAST || nanos.getAsLong() < end; looked++) {
            if (!round.hasNext()) {
                if (begun) {
                    break;
                }
                begun = true;
                round = known.names().iterator();
                continue;
            }
            lookAt(round.next(), known, watched, replaced);
        }
        return replaced;
    }

    private void lookAt(String file, KnownFiles known, Predicate<String> watched, Set<String> replaced)
            throws IOException {
        if (!known.knows(file)) {
            return;
        }
        FileStamps.Look look = stamps.of(file);
        if (look.isOther()) {
            replaced.add(file);
        }
        if (look.stamp().isPresent()
                && !watched.test(file)
                && !isAsRead(file, look.stamp().get(), known)) {
            edited.put(file, look.stamp().get());
        } else {
            edited.remove(file);
        }
    }

    private static boolean isAsRead(String file, FileStamp now, KnownFiles known) {
        return known.reading(file)
                .filter(reading -> !reading.stamp().equals(now))
                .isEmpty();
    }

    /** Files that were found to look otherwise than when they were read, by name, with how they look now. */
    Map<String, FileStamp> edited() {
        return Map.copyOf(edited);
    }
}
