package io.p2pfaas.load.planted.arrows.live;

import io.p2pfaas.load.planted.arrows.report.Report;

/** Breaks the rule that live and report do not know each other. */
record KnowsReport(Report report) {}
