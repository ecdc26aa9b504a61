/// What the server does by itself: checking, expiring, writing down.
package obnam.server.upkeep;
