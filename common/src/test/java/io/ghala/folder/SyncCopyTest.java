package io.ghala.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncCopyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a (1).csv | a.csv",
                "a(12).csv.gz | a.csv.gz",
                "a (Ann's conflicted copy 2026-01-02).json | a.json",
                "a (case conflict).json | a.json",
                "a.sync-conflict-20260102-030405-ABCDEFG.ndjson | a.ndjson",
                "a_conflict-20260102-030405.parquet | a.parquet",
                "a-DESKTOP-1A2B3C4.csv | a.csv",
                "a copy.csv | a.csv",
                "a copy 2.csv | a.csv",
                "a - Copy.csv | a.csv",
                "a - Copy (3).csv | a.csv",
                "Übersicht (1).csv | Übersicht.csv"
            })
    void theNamesOfCopiesLeadToTheirOriginal(String copy, String original) {
        assertThat(SyncCopy.original(copy)).contains(original);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv",
                "Sales (EMEA).csv",
                "a (2026).csv",
                "copy.csv",
                "conflict.csv",
                "my conflict.csv",
                "a (1).txt",
                "(1).csv",
                "desktop-1.csv",
                "a b.csv"
            })
    void ordinaryNamesAreNone(String name) {
        assertThat(SyncCopy.original(name)).isEmpty();
    }
}
