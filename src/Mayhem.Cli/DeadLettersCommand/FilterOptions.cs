using System.CommandLine;
using Mayhem.Cli.ReportsCommand;
using Mayhem.DeadLetters.Listing;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>The options that say which dead letters are meant.</summary>
internal sealed class FilterOptions
{
    private readonly Argument<long[]> numbers = new("number") { Arity = ArgumentArity.ZeroOrMore, Description = "The numbers of dead letters, as 'mayhem dlq list' shows them." };
    private readonly Option<string?> reason = new("--reason") { HelpName = "PATTERN", Description = "Only those that died for this reason, as 'Fatal:*'." };
    private readonly Option<string?> failureClass = new("--class") { HelpName = "CLASS", Description = "Only those whose last failure was of this class, as Transient." };
    private readonly Option<string?> fingerprint = new("--fingerprint") { HelpName = "F", Description = "Only those of this cause; the beginning of a fingerprint is enough." };
    private readonly Option<string?> host = new("--host") { HelpName = "PATTERN", Description = "Only those about these hosts, as 'web-*'." };
    private readonly Option<string?> group = new("--group") { HelpName = "PATTERN", Description = "Only those about hosts of these groups." };
    private readonly Option<string?> olderThan = new("--older-than") { HelpName = "T", Description = "Only those that died before: how long ago, as 30m, 2h or 1d, or a time." };
    private readonly Option<string?> newerThan = new("--newer-than") { HelpName = "T", Description = "Only those that died since: how long ago, as 30m, 2h or 1d, or a time." };
    private readonly Option<bool> all = new("--all") { Description = "All of them: where nothing says which are meant." };
    private readonly bool withAll;

    /// <summary>The options of one command.</summary>
    /// <param name="withAll">True if the command changes something, and nothing given must not mean everything.</param>
    public FilterOptions(bool withAll) => this.withAll = withAll;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(numbers);
        foreach (var option in new Option[] { reason, failureClass, fingerprint, host, group, olderThan, newerThan })
            command.Add(option);
        if (withAll)
            command.Add(all);
    }

    /// <summary>The filter that was given.</summary>
    /// <exception cref="UsageException">A time is none, or nothing says which are meant.</exception>
    public DeadLetterFilter Read(ParseResult parsed, DateTimeOffset now)
    {
        var filter = new DeadLetterFilter
        {
            SequenceNumbers = parsed.GetValue(numbers) is { Length: > 0 } given ? given : null,
            Reason = parsed.GetValue(reason),
            Class = parsed.GetValue(failureClass),
            Fingerprint = parsed.GetValue(fingerprint),
            Host = parsed.GetValue(host),
            Group = parsed.GetValue(group),
            DiedBefore = Time(parsed, olderThan, now),
            DiedSince = Time(parsed, newerThan, now),
        };
        return withAll && filter.IsEmpty && !parsed.GetValue(all)
            ? throw new UsageException("Which dead letters? Give numbers, or a filter as --host 'web-*', or --all")
            : filter;
    }

    private static DateTimeOffset? Time(ParseResult parsed, Option<string?> option, DateTimeOffset now) => parsed.GetValue(option) is { } text ? Since.Parse(text, now, option.Name) : null;
}
