package io.ghala.refresher.verify.findings;

import java.util.Locale;

/**
 * One thing that is not as it should be.
 *
 * @param where the culprit: a file, a blob's key, a row group
 * @param what what was found there and what was expected
 * @param remedy what to do about it
 */
public record Difference(Place place, String where, String what, Cause cause, String remedy) {
    private static final String REPAIR =
            "the refresher-service has been asked to publish the table anew: verify again when it has";
    private static final String REPLACE = "the refresher-service has been asked to publish the table anew, after which"
            + " the parquet-writer-service replaces the file; removing the file has it replaced, too";

    /** What kind of thing differs. */
    public enum Place {
        FOLDER,
        MANIFEST,
        SCHEMA,
        REFUSED,
        COLUMN,
        FILE,
        PART,
        BLOB,
        PARQUET
    }

    /** What a difference comes from. */
    public enum Cause {
        /** Bytes are lost or altered: the same snapshot published anew mends it. */
        DAMAGE,
        /** Whole contents that are not equal; a service that is behind may still mend it. */
        CONTENT
    }

    public static Difference damagedBlob(String key, String what) {
        return new Difference(Place.BLOB, key, what, Cause.DAMAGE, REPAIR);
    }

    public static Difference damagedManifest(String what) {
        return new Difference(Place.MANIFEST, "in Redis", what, Cause.DAMAGE, REPAIR);
    }

    public static Difference damagedPart(String where, String what) {
        return new Difference(Place.PART, where, what, Cause.DAMAGE, REPAIR);
    }

    public static Difference damagedParquet(String where, String what) {
        return new Difference(Place.PARQUET, where, what, Cause.DAMAGE, REPLACE);
    }

    public static Difference content(Place place, String where, String what, String remedy) {
        return new Difference(place, where, what, Cause.CONTENT, remedy);
    }

    /** Whether both are about the same thing, whatever is said of it. */
    public boolean isAbout(Difference other) {
        return place == other.place && where.equals(other.where);
    }

    /** The difference as one line of four cells with tabs between them: place, culprit, what, remedy. */
    public String line() {
        return String.join("\t", place.name().toLowerCase(Locale.ROOT), cell(where), cell(what), cell(remedy));
    }

    private static String cell(String text) {
        StringBuilder cell = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            cell.append(Character.isISOControl(c) ? '?' : c);
        }
        return cell.toString();
    }
}
