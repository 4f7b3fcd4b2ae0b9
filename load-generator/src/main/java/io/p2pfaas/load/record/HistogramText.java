package io.p2pfaas.load.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Histograms as text: the compressed form of HdrHistogram in Base64, as in hlog files. Empty text: no values. */
public final class HistogramText {
    private static final int SIGNIFICANT_DIGITS = 3;

    private HistogramText() {}

    /** The text of a histogram. */
    public static String of(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    /**
     * The histogram of a text.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Histogram parse(String text) {
        if (text.isEmpty()) {
            return new Histogram(SIGNIFICANT_DIGITS);
        }
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException | RuntimeException broken) {
            throw new IllegalArgumentException("not a histogram: " + broken.getMessage(), broken);
        }
    }
}
