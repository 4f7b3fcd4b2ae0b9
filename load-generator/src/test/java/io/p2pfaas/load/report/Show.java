package io.p2pfaas.load.report;
import io.p2pfaas.load.record.RunResult.World;
import java.nio.file.*; import java.util.*;
public final class Show { public static void main(String[] a) throws Exception {
  Path d = Path.of(a[0]);
  Path s = SampleFolder.of(World.SIMULATED).write(d.resolve("sim"));
  Path l = SampleFolder.of(World.LIVE).withLoads("0.7","0.8","0.9","1.0").withRepetitions(3).write(d.resolve("live"));
  Report r = Report.of(List.of(ResultFolder.read(s), ResultFolder.read(l)), SampleFolder.theory(), "");
  Files.writeString(d.resolve("report.html"), r.html()); r.writeFigures(d.resolve("fig")); System.out.println(r.text());
  Report one = Report.of(List.of(ResultFolder.read(s)), SampleFolder.theory(), "");
  Files.writeString(d.resolve("one.html"), one.html());
}}
