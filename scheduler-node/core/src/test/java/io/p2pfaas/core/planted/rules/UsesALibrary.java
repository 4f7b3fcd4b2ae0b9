package io.p2pfaas.core.planted.rules;

import org.assertj.core.data.Offset;

public final class UsesALibrary {
    public Offset<Double> tolerance() {
        return Offset.offset(0.1);
    }
}
