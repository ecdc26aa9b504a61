/// Tests of the whole program and of the checkout it is built from.
package scenarios;
