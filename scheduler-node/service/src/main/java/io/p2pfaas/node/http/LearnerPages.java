package io.p2pfaas.node.http;

import io.p2pfaas.core.learn.Act;
import io.p2pfaas.core.learn.Experience;
import io.p2pfaas.core.learn.State;
import io.p2pfaas.core.learn.Verdict;
import io.p2pfaas.node.access.Access;
import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.LearnerPort;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What P2PFaaS's learner serves on a port of its own. As there, whatever is wrong is 500 with an empty body; why is in a
 * header field.
 */
public final class LearnerPages {
    private static final String HELLO = "This is p2pfaas-learner v0.0.1b.";
    private static final String OK = "ok";
    private static final HttpString EID = new HttpString("X-P2pfaas-Learning-Eid");
    private static final HttpString STATE = new HttpString("X-P2pfaas-Learning-State");
    private static final HttpString ACTION = new HttpString("X-P2pfaas-Learning-Action");
    private static final HttpString REWARD = new HttpString("X-P2pfaas-Learning-Reward");
    private static final HttpString EPS = new HttpString("X-P2pfaas-Eps");
    private static final HttpString ERROR = new HttpString("X-P2pfaas-Learning-Error");
    private static final HttpString REFUSED = new HttpString("X-P2pfaas-Learning-Refused");
    private static final int SHOWN_LENGTH = 300;

    private final LearnerPort learner;
    private final BodyReader bodies;

    private LearnerPages(LearnerPort learner, Duration readTimeout) {
        this.learner = learner;
        this.bodies = new BodyReader(LearnerPort.MAX_BYTES, readTimeout.toMillis());
    }

    /**
     * All pages.
     *
     * @param access rewards come from callers, so they may ask and train; other changes are for administrators, and what is
     *     only read is open
     * @param readTimeout what is posted must be here after it
     */
    public static Site of(LearnerPort learner, Access access, Duration readTimeout) {
        LearnerPages pages = new LearnerPages(learner, readTimeout);
        ManagementGate admins = new ManagementGate(access);
        CallGate callers = new CallGate(access, new Pacer(CallerLimit.NONE, () -> 0));
        return new Site()
                .behind("/act", callers)
                .behind("/train", callers)
                .behind("/learner/parameters", ManagementGate.forChanges(admins))
                .behind("/learner/reset", admins.forReadsThatChange())
                .get("/", exchange -> Replies.text(exchange, StatusCodes.OK, HELLO))
                .get("/act", pages.guarded(pages::act))
                .get("/train", pages.guarded(pages::train))
                .post("/train_batch", pages.posted(pages::trainAll))
                .getAndPost("/learner/parameters", pages::parameters)
                .get("/learner/stats", json(learner::stats))
                .get("/learner/weights", json(learner::weights))
                .get("/learner/reset", exchange -> {
                    learner.reset();
                    exchange.endExchange();
                });
    }

    private static HttpHandler json(Supplier<String> text) {
        return exchange -> exchange.dispatch(task -> Replies.json(task, StatusCodes.OK, text.get()));
    }

    private void act(HttpServerExchange exchange) {
        Act act = learner.act(State.parse(field(exchange, STATE)));
        exchange.getResponseHeaders().put(EPS, new BigDecimal(Double.toString(act.epsilon())).toPlainString());
        Replies.text(exchange, StatusCodes.OK, Integer.toString(act.action()));
    }

    private void train(HttpServerExchange exchange) {
        Verdict verdict = learner.train(Experience.parse(
                field(exchange, EID), field(exchange, STATE), field(exchange, ACTION), field(exchange, REWARD)));
        if (verdict == Verdict.NO_SUCH_ACTION) {
            wrong(exchange, verdict.text());
            return;
        }
        if (verdict != Verdict.TAKEN) {
            // What is sent twice has arrived: the sender need not hear of an error.
            exchange.getResponseHeaders().put(REFUSED, verdict.text());
        }
        Replies.text(exchange, StatusCodes.OK, OK);
    }

    private void trainAll(HttpServerExchange exchange, ByteBuffer json) {
        LearnerPort.Batch batch = learner.trainAll(json);
        if (batch.refused() > 0) {
            exchange.getResponseHeaders().put(REFUSED, batch.refused());
        }
        if (batch.wrong().isPresent()) {
            wrong(exchange, batch.wrong().get());
        } else {
            Replies.text(exchange, StatusCodes.OK, OK);
        }
    }

    private void parameters(HttpServerExchange exchange) throws Exception {
        if (exchange.getRequestMethod().equals(Methods.GET)) {
            Replies.json(exchange, StatusCodes.OK, learner.parameters());
        } else {
            posted(this::change).handleRequest(exchange);
        }
    }

    private void change(HttpServerExchange exchange, ByteBuffer json) {
        Optional<String> refusal = learner.change(json);
        if (refusal.isPresent()) {
            wrong(exchange, refusal.get());
        } else {
            exchange.endExchange();
        }
    }

    /** Reads what is posted, and hands it over on a task thread. */
    private HttpHandler posted(BiConsumer<HttpServerExchange, ByteBuffer> taker) {
        return exchange -> {
            if (exchange.getRequestContentLength() == 0 || exchange.isRequestComplete()) {
                exchange.dispatch(task -> taker.accept(task, ByteBuffer.allocate(0)));
            } else if (exchange.getRequestContentLength() > LearnerPort.MAX_BYTES) {
                exchange.setPersistent(false);
                wrong(exchange, "more than " + LearnerPort.MAX_BYTES + " bytes");
            } else {
                bodies.read(
                        exchange,
                        body -> exchange.dispatch(task -> taker.accept(task, body)),
                        rest -> cut(exchange, "more than " + LearnerPort.MAX_BYTES + " bytes"),
                        rest -> cut(exchange, "the body did not come in time"));
            }
        };
    }

    private static void cut(HttpServerExchange exchange, String why) {
        exchange.setPersistent(false);
        wrong(exchange, why);
    }

    private HttpHandler guarded(HttpHandler page) {
        return exchange -> {
            try {
                page.handleRequest(exchange);
            } catch (IllegalArgumentException nonsense) {
                wrong(exchange, String.valueOf(nonsense.getMessage()));
            }
        };
    }

    private static String field(HttpServerExchange exchange, HttpString name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value == null) {
            throw new IllegalArgumentException("the header field " + name + " is missing");
        }
        return value.trim();
    }

    private static void wrong(HttpServerExchange exchange, String why) {
        String shown = why.length() <= SHOWN_LENGTH ? why : why.substring(0, SHOWN_LENGTH) + "...";
        exchange.getResponseHeaders().put(ERROR, shown.replaceAll("[^ -~]", "?"));
        exchange.setStatusCode(StatusCodes.INTERNAL_SERVER_ERROR).endExchange();
    }
}
