/// Contract tests and hostile fixtures for providers, ours and third parties'.
package obnam.testkit;
