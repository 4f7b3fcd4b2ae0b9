package io.p2pfaas.core.planted.rules;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

public final class SharesAMap {
    private final Map<String, String> map = new ConcurrentHashMap<>();

    public int size() {
        return map.size();
    }
}
