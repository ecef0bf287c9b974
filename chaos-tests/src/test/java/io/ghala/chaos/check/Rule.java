package io.ghala.chaos.check;

/** The promises that a history is held to. */
public enum Rule {
    /** A write that had to be there is not. */
    LOST("writes lost"),
    /** A write shows, or ended up, under one with a lesser stream id. */
    ORDER("rows out of stream order"),
    /** One write was applied under two stream ids. */
    TWICE("writes applied twice"),
    /** A read with a token does not hold the write. */
    STALE("stale reads with a token"),
    /** What was published contradicts itself. */
    TORN("torn snapshots, files or rows"),
    /** One version was seen with two contents, or with a part of a file. */
    MIXED("mixed versions"),
    /** A replica went back to an older version. */
    BACKWARDS("versions that went back"),
    /** A row came from no write, or from a refused one. */
    INVENTED("rows that nobody wrote"),
    /** Stream ids went back. */
    IDS("stream ids that went back"),
    /** A token of the present stream was not known. */
    TOKEN("tokens forgotten"),
    /** A poisonous write is not in the dead letters once, or a good one is. */
    DEAD("dead letters not accounted for"),
    /** At rest, the snapshot is not the fold of the folder. */
    FOLD("snapshots that are not the fold of the folder"),
    /** At rest, the Parquet file is not the published version. */
    PARQUET("Parquet files that are not the published version");

    private final String title;

    Rule(String title) {
        this.title = title;
    }

    /** What a violation of it is called in a table. */
    public String title() {
        return title;
    }
}
