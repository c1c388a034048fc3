fn main() {
    for a in std::env::args().skip(1) {
        println!("== {a}");
        for f in radrum_swedish::analyse(&a).found {
            println!("  {:?} {:?} parts {:?}", f.word, f.terms, f.parts);
        }
    }
}
