package io.ghala.folder;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that programs for synchronizing and copying files give to the second version of a file. */
public final class SyncCopy {
    /**
     * What stands between stem and extension: {@code (1)} of browsers and Google Drive, {@code (conflicted copy …)} of
     * Dropbox and Nextcloud, {@code .sync-conflict-…} of Syncthing, {@code -DESKTOP-…} of OneDrive, {@code copy} and
     * {@code - Copy} of file managers.
     */
    private static final Pattern MARK = Pattern.compile("(.+?)(?: ?\\([0-9]{1,3}\\)"
            + "| ?\\([^()]*(?:conflicted copy|case conflict)[^()]*\\)"
            + "|\\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[a-z0-9]{7})?"
            + "|_conflict-[0-9]{8}-[0-9]{6}"
            + "|-(?:desktop|laptop)-[a-z0-9]{7,8}"
            + "| copy(?: [0-9]{1,3})?"
            + "| - copy(?: \\([0-9]{1,3}\\))?)");

    private SyncCopy() {}

    /** The name of the file that {@code name} (without folders) would be a copy of; empty for an ordinary name. */
    public static Optional<String> original(String name) {
        Optional<DataName> data = ordinary(name) ? Optional.empty() : DataName.parse(name);
        if (data.isEmpty()) {
            return Optional.empty();
        }
        String stem = data.get().stem();
        Matcher mark = MARK.matcher(stem.toLowerCase(Locale.ROOT));
        return mark.matches()
                ? Optional.of(stem.substring(0, mark.end(1)) + name.substring(stem.length()))
                : Optional.empty();
    }

    /** Whether a name is beyond suspicion: folders have very many of them. */
    private static boolean ordinary(String name) {
        return name.indexOf(' ') < 0 && name.indexOf('(') < 0 && !name.contains("onflict") && !name.contains("TOP-");
    }
}
