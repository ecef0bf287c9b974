package io.ghala.chaos.history;

/** The rows of a run: the columns id, n, a and b, of which the last two follow from the first two. */
public final class Payload {
    /** Plain files are numbered from here, writes below it. */
    public static final int FIRST_FILE = 100_000_000;
    /** Rows of one plain file; a reader sees all of them or none. */
    public static final int FILE_ROWS = 10;
    /** The file that is there from the beginning, under every row that is written to. */
    public static final long BASE = 0;

    private Payload() {}

    public static long a(String id, long n) {
        return (id.hashCode() & 0xffffL) * 1_000_003L + n;
    }

    public static SeenRow row(String id, long n, String version) {
        return new SeenRow(id, n, a(id, n), -a(id, n), version);
    }

    /** The payload of an upsert; the key column is left out, since the id says it. */
    public static String json(String id, long n) {
        return "{\"n\":" + n + ",\"a\":" + a(id, n) + ",\"b\":" + -a(id, n) + "}";
    }

    public static String csvHeader() {
        return "id,n,a,b\n";
    }

    public static String csv(String id, long n) {
        return id + "," + n + "," + a(id, n) + "," + -a(id, n) + "\n";
    }

    /** The ids of a plain file's rows. */
    public static String fileRow(long file, int row) {
        return "f" + file + "-" + row;
    }

    public static boolean fits(SeenRow row) {
        return row.a() == a(row.id(), row.n()) && row.b() == -row.a();
    }
}
