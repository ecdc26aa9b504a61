package obnam.store.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import obnam.api.StoreTraits;

/// What a server says about itself and a repository (protocol, 2.1).
///
/// @param exists whether the repository is there
/// @param traits what the server promises
record Greeting(boolean exists, StoreTraits traits) {

    static final String TYPE = "application/vnd.obnam.v1+json";

    /// What is assumed of a server that says nothing. Listings of what lies behind some servers lag.
    static final StoreTraits UNKNOWN = new StoreTraits(Integer.MAX_VALUE, false, Duration.ofSeconds(10), false);

    static final int LENGTH_LIMIT = 65_536;

    private static final int PROTOCOL = 1;
    private static final long LEAST_OBJECT = 32 << 20;
    private static final long LONGEST_STALENESS = 86_400;

    /// JSON of others: short names, no depth.
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(20)
                    .maxNameLength(1000)
                    .maxStringLength(8192)
                    .build())
            .build();

    /// @return empty if this is not the answer of a server that we understand
    static Optional<Greeting> of(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            return new Reading(parser).greeting();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static final class Reading {

        private final JsonParser parser;
        private long protocol;
        private boolean exists;
        private boolean conditional;
        private boolean durable;
        private long largest;
        private long staleness = -1;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        Optional<Greeting> greeting() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser.currentName(), parser.nextToken());
            }
            if (protocol != PROTOCOL || largest < LEAST_OBJECT) {
                return Optional.empty();
            }
            boolean known = staleness >= 0 && staleness <= LONGEST_STALENESS;
            Duration lag = known ? Duration.ofSeconds(staleness) : UNKNOWN.staleness();
            return Optional.of(new Greeting(exists, new StoreTraits(largest, conditional && durable, lag, false)));
        }

        private void field(String name, JsonToken value) throws IOException {
            switch (name) {
                case "protocol" -> protocol = number(value);
                case "exists" -> exists = value == JsonToken.VALUE_TRUE;
                case "conditional-put" -> conditional = value == JsonToken.VALUE_TRUE;
                case "durable" -> durable = value == JsonToken.VALUE_TRUE;
                case "largest-object" -> largest = number(value);
                case "staleness" -> staleness = number(value);
                default -> parser.skipChildren();
            }
        }

        private long number(JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NUMBER_INT) {
                return parser.getLongValue();
            }
            parser.skipChildren();
            return -1;
        }
    }
}
