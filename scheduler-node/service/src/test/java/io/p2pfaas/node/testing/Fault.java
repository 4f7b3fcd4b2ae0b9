package io.p2pfaas.node.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a test breaks, and what the node promises all the same: a row of docs/fault-matrix.md. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Fault.All.class)
public @interface Fault {
    /** The part of the table. */
    Area in();

    /** What is broken, and how. */
    String fault();

    /** What holds all the same. */
    String promise();

    /** Parts of the table, in its order. */
    enum Area {
        NODE("Nodes"),
        BROKER("Broker"),
        NETWORK("Network"),
        MESSAGE("Messages between nodes"),
        FUNCTION("Functions and their engine"),
        CALLER("Callers and devices"),
        MACHINE("Machine");

        private final String title;

        Area(String title) {
            this.title = title;
        }

        /** As a heading. */
        public String title() {
            return title;
        }
    }

    /** Several faults of one test. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        Fault[] value();
    }
}
