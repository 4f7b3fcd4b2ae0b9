package io.p2pfaas.core.planted.rules;

public class Open {}
