package io.p2pfaas.core;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of {@link CoreRules} on the classes that are shipped. */
@AnalyzeClasses(packages = "io.p2pfaas.core", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule arrows = CoreRules.arrows("io.p2pfaas.core");

    @ArchTest
    static final ArchRule no_cycles = CoreRules.noCycles("io.p2pfaas.core");

    @ArchTest
    static final ArchRule no_clock = CoreRules.NO_CLOCK;

    @ArchTest
    static final ArchRule no_own_chance = CoreRules.NO_OWN_CHANCE;

    @ArchTest
    static final ArchRule no_threads = CoreRules.NO_THREADS;

    @ArchTest
    static final ArchRule no_locks = CoreRules.NO_LOCKS;

    @ArchTest
    static final ArchRule no_io = CoreRules.NO_IO;

    @ArchTest
    static final ArchRule no_shared_state = CoreRules.NO_SHARED_STATE;

    @ArchTest
    static final ArchRule closed_classes = CoreRules.CLOSED_CLASSES;

    @ArchTest
    static final ArchRule jdk_only = CoreRules.JDK_ONLY;
}
