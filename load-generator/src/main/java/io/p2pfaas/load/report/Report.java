package io.p2pfaas.load.report;

import io.p2pfaas.load.report.chart.Figure;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Results as a page, as files of figures, or as text. Not for more than one thread. */
public final class Report {
    private final Study study;
    private final List<Figure> figures;

    private Report(Study study, List<Figure> figures) {
        this.study = study;
        this.figures = figures;
    }

    /**
     * Of one or more folders, laid over each other.
     *
     * @param x the setting along the charts; empty: the offered load if it varies, else what does
     * @throws IllegalArgumentException if there is nothing to report, or no such setting
     */
    public static Report of(List<StoredResults> folders, TheoryCurves theory, String x) {
        Study study = Study.of(folders);
        if (study.cells().isEmpty()) {
            throw new IllegalArgumentException("no finished repetition in "
                    + folders.stream().map(folder -> folder.path().toString()).toList());
        }
        return new Report(study, Figures.of(study, Layout.of(study, x), theory));
    }

    /** One page with everything in it: no scripts, nothing to load from elsewhere. */
    public String html() {
        return new HtmlPage(study, figures).text();
    }

    /** A table for the terminal. */
    public String text() {
        return TextReport.of(study);
    }

    /**
     * Writes {@code ID.svg}, {@code ID.png} and {@code ID.csv} for each figure into a folder, which is made if needed.
     *
     * @throws IOException if a file cannot be written, or this machine has no font to draw pixels with
     */
    public void writeFigures(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Figure figure : figures) {
            Files.writeString(folder.resolve(figure.id() + ".svg"), figure.svg());
            Files.writeString(
                    folder.resolve(figure.id() + ".csv"), figure.data().csv());
        }
        // Last, since they need more of the machine than the others.
        for (Figure figure : figures) {
            BufferedImage image = image(figure);
            try (OutputStream out = Files.newOutputStream(folder.resolve(figure.id() + ".png"))) {
                ImageIO.write(image, "png", out);
            }
        }
    }

    private static BufferedImage image(Figure figure) throws IOException {
        System.setProperty("java.awt.headless", "true");
        try {
            return figure.image();
        } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError fontless) {
            // What the JDK throws without fontconfig or any font, as in small container images.
            throw new IOException(
                    "PNG files need a font on this machine, for example Debian's fonts-dejavu-core with"
                            + " libfontconfig1; the SVG and CSV files are written",
                    fontless);
        }
    }
}
