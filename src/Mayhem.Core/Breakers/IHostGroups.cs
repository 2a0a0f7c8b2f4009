namespace Mayhem.Breakers;

/// <summary>Tells hosts apart by what restarts them: hosts of one group are reached through one target, which is well, busy or broken for all of them.</summary>
public interface IHostGroups
{
    /// <summary>
    /// The group of a host. There must be few: each is remembered for as long as the process lives. Hosts come from messages, and need not exist: they belong to some group of many.
    /// </summary>
    string GroupOf(string host);
}
