package io.ghala.redis.wire;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.Announcement;
import java.util.Locale;
import java.util.Optional;

/** Announcements as text: {@code <kind> <table> <version>}, for example {@code snapshot orders 1763812345678}. */
public final class AnnouncementCodec {
    private AnnouncementCodec() {}

    public static String encode(Announcement.Kind kind, TableName table, SnapshotVersion version) {
        return prefix(kind, table) + version;
    }

    /** All but the version, which a script may know better. */
    public static String prefix(Announcement.Kind kind, TableName table) {
        return kind.name().toLowerCase(Locale.ROOT) + " " + table + " ";
    }

    /** Empty for what is not an announcement of a known kind: newer processes may say more. */
    public static Optional<Announcement> decode(String message) {
        String[] words = message.split(" ", -1);
        if (words.length != 3 || !words[2].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        Optional<TableName> table = TableName.ofFolder(words[1]);
        for (Announcement.Kind kind : Announcement.Kind.values()) {
            if (kind.name().equalsIgnoreCase(words[0])) {
                return table.map(t -> new Announcement(t, kind, new SnapshotVersion(Long.parseLong(words[2]))));
            }
        }
        return Optional.empty();
    }
}
