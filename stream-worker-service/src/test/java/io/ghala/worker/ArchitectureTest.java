package io.ghala.worker;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.ghala.testing.Walls;

/** The walls inside of the stream-worker; docs/architecture.md has them as a table. */
@AnalyzeClasses(
        packages = "io.ghala",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {
    @ArchTest
    static final ArchTests WALLS = ArchTests.in(Walls.class);
}
