using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace N2D.Host.Terminal;

/// <content>What the engine asks: missing mandatory parameters, -Confirm, credentials.</content>
internal sealed partial class UserInterface
{
    public override string ReadLine()
    {
        RefuseWithoutTerminal("a line of input");
        screen.HoldProgress();
        var line = Console.ReadLine() ?? "";
        screen.ResumeProgress();
        return line;
    }

    public override SecureString ReadLineAsSecureString()
    {
        RefuseWithoutTerminal("a secret");
        screen.HoldProgress();
        var secret = new SecureString();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }

        WriteLine("");
        secret.MakeReadOnly();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RefuseWithoutTerminal("a value for " + string.Join(", ", descriptions.Select(field => field.Name)));
        WriteHeading(caption, message);
        return descriptions.ToDictionary(field => field.Name, field => PSObject.AsPSObject(Ask(field)));
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RefuseWithoutTerminal($"an answer ({string.Join(' ', caption, message).ReplaceLineEndings(" ").Trim()})");
        WriteHeading(caption, message);
        var labels = choices.Select(choice => (Key: KeyOf(choice.Label), Text: choice.Label.Replace("&", "", StringComparison.Ordinal))).ToList();
        var offer = string.Join("  ", labels.Select(label => $"[{label.Key}] {label.Text}"));
        var preset = defaultChoice >= 0 ? $" (default is \"{labels[defaultChoice].Key}\")" : "";
        while (true)
        {
            Write($"{offer}  [?] Help{preset}: ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (labels.FindIndex(label => Same(label.Key, answer) || Same(label.Text, answer)) is >= 0 and var chosen)
            {
                return chosen;
            }

            foreach (var (label, choice) in answer == "?" ? labels.Zip(choices) : [])
            {
                WriteLine($"{label.Key} - {choice.HelpMessage}");
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        RefuseWithoutTerminal("a user name and a password");
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    private object? Ask(FieldDescription field)
    {
        var type = LanguagePrimitives.TryConvertTo<Type>(field.ParameterAssemblyFullName, out var named) ? named : null;
        type ??= LanguagePrimitives.TryConvertTo<Type>(field.ParameterTypeFullName, out named) ? named : typeof(string);
        if (type == typeof(SecureString))
        {
            Write($"{field.Name}: ");
            return ReadLineAsSecureString();
        }

        if (type == typeof(PSCredential))
        {
            return PromptForCredential("", "", "", "");
        }

        return type.IsArray ? AskForMany(field, type) : AskForOne(field.Name, type);
    }

    private object AskForMany(FieldDescription field, Type type)
    {
        var values = new List<object>();
        while (true)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{field.Name}[{values.Count}]: "));
            var answer = ReadLine();
            if (answer.Length == 0)
            {
                return LanguagePrimitives.ConvertTo(values, type, CultureInfo.InvariantCulture);
            }

            values.Add(answer);
        }
    }

    private object? AskForOne(string name, Type type)
    {
        while (true)
        {
            Write($"{name}: ");
            if (LanguagePrimitives.TryConvertTo(ReadLine(), type, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            WriteLine($"That is no {type.Name}.");
        }
    }

    private void WriteHeading(string caption, string message)
    {
        foreach (var line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            WriteLine(line);
        }
    }

    private void RefuseWithoutTerminal(string wanted)
    {
        if (!screen.CanAsk)
        {
            throw new HostException(
                $"There is nobody to ask for {wanted}: input is redirected or -NonInteractive was given. Give it as a parameter.",
                innerException: null,
                "N2D.NonInteractive",
                ErrorCategory.InvalidOperation);
        }
    }

    /// <summary>The letter after the ampersand, else the whole label.</summary>
    private static string KeyOf(string label)
    {
        var mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < label.Length ? label.Substring(mark + 1, 1).ToUpperInvariant() : label;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
