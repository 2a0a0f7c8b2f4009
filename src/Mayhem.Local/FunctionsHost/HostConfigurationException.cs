namespace Mayhem.Local.FunctionsHost;

/// <summary>The embedded host cannot start as it is configured. The message names what is wrong and the way out; several findings stand on lines of their own.</summary>
public sealed class HostConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
