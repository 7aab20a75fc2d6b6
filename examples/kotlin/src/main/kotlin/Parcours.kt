import fr.dcc.DccException
import fr.dcc.Document
import fr.dcc.readCda
import java.io.File
import kotlin.system.exitProcess

/** Turns JSON documents into CDA documents: IN.json OUT.xml, in pairs. */
fun main(args: Array<String>) {
    for ((input, output) in args.toList().chunked(2)) {
        try {
            val document = Document.fromJson(File(input).readText())
            document.check().forEach { println("${it.code} ${it.path} : ${it.message}") }
            val cda = document.toCda(null)
            File(output).writeBytes(cda)
            val reading = readCda(cda, null)
            println("${document.kind()} : ${cda.size} octets, ${reading.unread.size} non lus")
        } catch (refused: DccException.Refused) {
            System.err.println("$input : ${refused.name}")
            refused.problems.forEach { System.err.println("  ${it.code} ${it.path} : ${it.message}") }
            exitProcess(1)
        }
    }
}
